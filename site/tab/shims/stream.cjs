// require('stream') has to be the constructor, with the others as its properties.
module.exports = require('readable-stream');
