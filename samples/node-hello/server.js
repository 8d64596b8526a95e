const express = require('express');

const app = express();

app.get('/', (request, response) => {
  response.type('text/plain').send('Hello from Node.js\n');
});

const server = app.listen(process.env.PORT || 5000, '0.0.0.0', () => {
  console.log(`listening on ${server.address().port}`);
});

process.on('SIGTERM', () => server.close());
