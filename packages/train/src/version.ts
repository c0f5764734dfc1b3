/** This package's version, which bundles carry as provenance. A test holds it to package.json. */
export const version = '0.1.0';
