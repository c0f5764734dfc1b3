/** What somebody typed in MLflow's language: words alone mean runs with them in their name. */
export function runFilter(typed: string): string {
  const words = typed.trim();
  return /^[\w -]+$/.test(words) ? `attributes.run_name ILIKE '%${words}%'` : words;
}
