/** One page of a list; `nextPageToken` is there while more may follow. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextPageToken?: string;
}

/** What every search takes. */
export interface SearchRequest {
  /** A filter in the search language; empty or absent for everything. */
  readonly filter?: string | undefined;
  /** Keys to sort by, each `key [ASC|DESC]`. */
  readonly orderBy?: readonly string[] | undefined;
  readonly maxResults?: number | undefined;
  /** The token of the page before. */
  readonly pageToken?: string | undefined;
}
