import assert from 'node:assert/strict';
import test from 'node:test';
import { fee } from './fee.js';

test('fifty is free', () => assert.equal(fee(5000), 0));
test('less is not', () => assert.equal(fee(4999), 490));
