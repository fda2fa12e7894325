export const meta = {
  name: 'everything',
  description: 'asks in every way a script can ask',
  phases: [{ title: 'look' }, { title: 'ask' }, { title: 'end' }],
};
import { say } from './lib.js';

phase('look');
const files = await glob('*.txt');
const text = await readFile(files[0]);
const numbered = await tool('read', { file_path: files[0] });
const refused = await tool({ definition: 'read', args: { file_path: '..' }, failureMode: 'settled' });
log(`found ${files.length}, ${text.length} characters`);

phase('ask');
const seen = await parallel([
  () => say('first'),
  () => say('second'),
  () => agent('third', { label: 'third', model: 'nobody/has-this-model' }),
  () => workflow({ scriptPath: 'part.js' }, { of: 'everything' }),
]);
const talk = await agent('Make a plan.', { label: 'plan', keep: true });
const more = await talk.continue('And then?', { label: 'more' });
const stages = await pipeline(
  ['one', 'two'],
  (item) => say(item),
  (answer) => agent(`again: ${answer}`, { label: 'again' }),
);

const later = await new Promise((done) => {
  const dropped = setTimeout(() => done('never'), 20);
  setTimeout(done, 40, 'later');
  clearTimeout(dropped);
});
await sleep('0.01s');
const good = await approve('Is it good?', { default: true, headless: 'default' });
const which = await ask('Which one?', {
  kind: 'select',
  choices: ['first', 'second'],
  default: 'second',
  headless: 'default',
});

phase('end');
log(`at ${new Date().getUTCFullYear() > 2000}, lucky ${Math.random() < 2}`);
return { files, numbered, refused: refused.status, seen, more: more.text, stages, later, good, which };
