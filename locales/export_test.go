package locales

// LoadFrom is Load from other files than those that are built in.
var LoadFrom = load
