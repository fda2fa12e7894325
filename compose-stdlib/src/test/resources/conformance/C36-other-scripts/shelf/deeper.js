export const meta = { name: "deeper", description: "Goes one deeper." };

return args.left === 1 ? "the ground" : workflow("deeper", { left: args.left - 1 });
