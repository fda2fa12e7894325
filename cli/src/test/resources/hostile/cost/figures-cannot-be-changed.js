// expect: finished [50,"TypeError"]
// asks: 0
// budget: 50
export const meta = {name: 'hostile', description: 'an attack'};
const found = [];
try { budget.total = 1e9; } catch (e) { found.push(e.name); }
try { budget.spent = () => 0; } catch (e) { found.push(e.name); }
try { Object.defineProperty(budget, "remaining", { value: () => 1e9 }); } catch (e) { found.push(e.name); }
return [budget.total, [...new Set(found)].join()];
