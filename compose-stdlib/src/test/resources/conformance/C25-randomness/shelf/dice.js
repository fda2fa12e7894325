export const meta = { name: "dice", description: "Throws dice of its own." };

return Array.from({ length: 6 }, () => 1 + Math.floor(Math.random() * 6)).join("");
