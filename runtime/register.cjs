'use strict';

// What `node --require @tracewright/runtime/register` loads. Node before 22.22.3 does so in the thread of its module hooks
// too, where no ES module can be required and nothing is to be traced.
const { isInternalThread } = require('node:worker_threads');

if (isInternalThread !== true) module.exports = require('./dist/register.js');
