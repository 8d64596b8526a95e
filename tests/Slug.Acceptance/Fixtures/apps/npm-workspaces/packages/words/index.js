exports.hello = () => `Hello after ${require('ms')('2m')} ms`;
