/** The first items of a search as a list; the rest is not asked for. */
export async function firstOf<Item>(items: AsyncIterable<Item>, limit = Infinity): Promise<readonly Item[]> {
  const first: Item[] = [];
  for await (const item of items) {
    first.push(item);
    if (first.length >= limit) break;
  }
  return first;
}
