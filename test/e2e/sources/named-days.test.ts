import assert from "node:assert/strict";
import { test } from "node:test";
import { runBeside } from "../program.js";
import { day, withServer } from "../server.js";

test("the shell takes daily:yesterday, as the panel of sources does", async () => {
  await withServer(
    (_, response) => response.end(day("A paper of that day")),
    async ({ env, asked }, home) => {
      const { code, out, err } = await runBeside(["list", "daily:yesterday"], { home, env });
      assert.deepEqual([code, err], [0, ""]);
      assert.match(out, /A paper of that day/);
      assert.match(asked[0] ?? "", /date=\d{4}-\d\d-\d\d/);
    },
  );
});
