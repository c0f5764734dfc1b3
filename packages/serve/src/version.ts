/** The release of Scorecast that this server belongs to; a test holds it equal to the package's version. */
export const VERSION = '0.1.0';
