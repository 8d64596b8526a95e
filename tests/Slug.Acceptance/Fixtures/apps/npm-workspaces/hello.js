console.log(require('words').hello());
