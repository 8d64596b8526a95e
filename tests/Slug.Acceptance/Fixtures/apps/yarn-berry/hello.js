console.log(`Hello after ${require('ms')('2m')} ms`);
