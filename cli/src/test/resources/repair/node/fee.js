/** What shipping costs, in cents. */
export function fee(cents) {
  return cents > 5000 ? 0 : 490;
}
