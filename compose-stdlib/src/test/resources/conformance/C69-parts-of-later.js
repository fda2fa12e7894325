// C69 (L121) An option of a later part is refused, never silently dropped.
// result: {"max":"not_available"}

export const meta = { name: "c69", description: "Asks for more than there is yet." };

const later = { max: 3 };
const told = {};
for (const [name, value] of Object.entries(later)) {
  told[name] = await agent("Go on.", { [name]: value }).catch((e) => e.code);
}
return told;
