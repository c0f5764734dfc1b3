/** The release of Scorecast that this program belongs to; a test holds it equal to the package's version. */
export const VERSION = '0.1.0';
