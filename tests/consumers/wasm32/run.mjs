// Runs the groups of `src/lib.rs`: `node run.mjs FILE.wasm`.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const { instance } = await WebAssembly.instantiate(await readFile(process.argv[2]));
const { start, complete, poll, polls } = instance.exports;

start();
assert.equal(poll(), -1);
const begun = polls();
assert.equal(begun, 4, "a limit of four");
for (const number of [7, 3, 1, 5, 0, 2, 6]) {
    complete(number, 10 ** number % 1000);
    assert.equal(poll(), -1);
}
complete(4, 4);
assert.equal(poll(), 1 + 10 + 100 + 0 + 4 + 0 + 0 + 0);
assert.ok(polls() <= 24, `${polls()} polls: only those that were woken are polled`);
console.log(`a group of two members and a list, completed by JavaScript in ${polls()} polls: as it should be`);
