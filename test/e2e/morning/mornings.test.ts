import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { longOnly } from "../../support/long.js";
import type { Terminal } from "../../support/terminal.js";
import { start, using } from "../program.js";
import { type Server, withServer } from "../server.js";

const clock = fileURLToPath(new URL("../../support/clock.cjs", import.meta.url));

/** A day of the Daily Papers interface: papers named after the day; none at weekends. */
function papersOf(date: string, count = 2): string {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  const papers = weekday === 0 || weekday === 6 ? 0 : count;
  return JSON.stringify(
    Array.from({ length: papers }, (_, at) => ({
      paper: {
        id: `${date.slice(2, 4)}${date.slice(5, 7)}.0${date.slice(8)}0${at}`,
        title: `Paper ${at + 1} of ${date}`,
        summary: "Text.",
        authors: [{ name: "Ada Lovelace" }],
        submittedOnDailyAt: `${date}T06:00:00.000Z`,
        upvotes: 9 - at,
      },
    })),
  );
}

interface World {
  /** The newest day that the server has. */
  newest: string;
  /** How many papers it has of it by now. */
  count: number;
  /** Holds answers back until it resolves. */
  wait: Promise<void>;
  isOffline: boolean;
}

function answering(world: World) {
  return async ({ url = "" }: { url?: string | undefined }, response: ServerResponse) => {
    const date = new URL(url, "http://x").searchParams.get("date");
    if (world.isOffline) return response.destroy();
    if (date === null) await world.wait;
    if (date === null || date === world.newest) return response.end(papersOf(world.newest, world.count));
    return response.end(date < world.newest ? papersOf(date) : "[]");
  };
}

type Visit = (now: string, work: (terminal: Terminal, asked: string[]) => Promise<void>) => Promise<void>;

async function withMornings(
  work: (world: World, visit: Visit, server: Server) => Promise<void>,
): Promise<void> {
  const world: World = { newest: "2026-11-02", count: 2, wait: Promise.resolve(), isOffline: false };
  await withServer(answering(world), async (server, home) => {
    const visit: Visit = async (now, steps) => {
      const env = {
        ...server.env,
        TZ: "UTC",
        TEST_CLOCK: now,
        NODE_OPTIONS: `--require ${clock}`,
        NODE_DISABLE_COMPILE_CACHE: "1",
      };
      await using(start([], { home, env }), async (terminal) => {
        server.asked.length = 0;
        await steps(terminal, server.asked);
        terminal.write("kq");
        await terminal.exit();
      });
    };
    await work(world, visit, server);
  });
}

/** Waits for the day in the header, and for its papers. */
async function shows(terminal: Terminal, day: string, title: string): Promise<void> {
  await terminal.until((one) => (one.screen()[0] ?? "").includes(` ${day} ›`) && one.text().includes(title));
}

test("a fortnight of mornings", longOnly, async () => {
  await withMornings(async (world, visit) => {
    // Monday, the first run: the sample gives way to today's papers, as no key was pressed.
    await visit("2026-11-02T08:00:00Z", async (terminal, asked) => {
      await shows(terminal, "2 Nov", "Paper 1 of 2026-11-02");
      terminal.write("[");
      await shows(terminal, "30 Oct", "Paper 1 of 2026-10-30");
      assert.equal(asked.length, 4, `today, Sunday, Saturday, Friday: ${asked}`);
      terminal.write("]");
      await shows(terminal, "2 Nov", "Paper 1 of 2026-11-02");
      terminal.write("]");
      await terminal.until("2 Nov 2026 is the newest day");
    });
    // Tuesday: yesterday's papers are there at once, today's come by themselves, and [ is yesterday.
    world.newest = "2026-11-03";
    await visit("2026-11-03T08:00:00Z", async (terminal) => {
      await shows(terminal, "3 Nov", "Paper 1 of 2026-11-03");
      terminal.write("[");
      await shows(terminal, "2 Nov", "Paper 1 of 2026-11-02");
    });
    // Wednesday: a late answer waits for r, and not on another day; then [ is Tuesday.
    let release: () => void = () => {};
    world.newest = "2026-11-04";
    world.wait = new Promise((resolve) => {
      release = resolve;
    });
    await visit("2026-11-04T08:00:00Z", async (terminal) => {
      await shows(terminal, "3 Nov", "Paper 1 of 2026-11-03");
      terminal.write("j");
      await terminal.until("2/2");
      release();
      await terminal.until("today's papers are here · r");
      terminal.write("k");
      await terminal.until("1/2");
      await terminal.until("+2 new (r)");
      assert.ok(terminal.text().includes("Paper 1 of 2026-11-03"), "nothing moves");
      terminal.write("[");
      await shows(terminal, "2 Nov", "Paper 1 of 2026-11-02");
      assert.ok(!terminal.text().includes("+2 new"));
      terminal.write("r");
      await terminal.until("nothing new · 2 papers");
      terminal.write("\x7f");
      await shows(terminal, "3 Nov", "Paper 1 of 2026-11-03");
      await terminal.until("+2 new (r)");
      terminal.write("r");
      await shows(terminal, "4 Nov", "Paper 1 of 2026-11-04");
      await terminal.until((one) => !one.text().includes("+2 new"));
      terminal.write("[");
      await shows(terminal, "3 Nov", "Paper 1 of 2026-11-03");
    });
    world.wait = Promise.resolve();
    // Thursday without a network: Wednesday stays, and the days that were fetched are walked through.
    world.isOffline = true;
    await visit("2026-11-05T08:00:00Z", async (terminal) => {
      await shows(terminal, "4 Nov", "Paper 1 of 2026-11-04");
      await terminal.until(/showing what was fetched on 2026-11-04/, { timeout: 30_000 });
      terminal.write("[");
      await shows(terminal, "3 Nov", "Paper 1 of 2026-11-03");
    });
    world.isOffline = false;
    // Friday, twice: what was added since the first visit comes by itself, as no key was pressed.
    world.newest = "2026-11-06";
    await visit("2026-11-06T08:00:00Z", async (terminal) => {
      await shows(terminal, "6 Nov", "Paper 1 of 2026-11-06");
      terminal.write("[");
      await shows(terminal, "5 Nov", "Paper 1 of 2026-11-05");
    });
    world.count = 3;
    await visit("2026-11-06T17:00:00Z", async (terminal) => {
      await shows(terminal, "6 Nov", "Paper 2 of 2026-11-06");
      await terminal.until("Paper 3 of 2026-11-06");
    });
    // Saturday and Sunday: the newest is Friday, and [ is Thursday.
    for (const now of ["2026-11-07T09:00:00Z", "2026-11-08T09:00:00Z"]) {
      await visit(now, async (terminal, asked) => {
        await shows(terminal, "6 Nov", "Paper 3 of 2026-11-06");
        await terminal.until(() => asked.length >= 1);
        terminal.write("[");
        await shows(terminal, "5 Nov", "Paper 1 of 2026-11-05");
        terminal.write("]");
        await shows(terminal, "6 Nov", "Paper 3 of 2026-11-06");
        asked.length = 0;
        terminal.write("]");
        await terminal.until("6 Nov 2026 is the newest day");
        assert.ok(asked.length <= 2, asked.join());
      });
    }
    // Monday before the server has it, and after.
    await visit("2026-11-09T05:00:00Z", async (terminal) => {
      await shows(terminal, "6 Nov", "Paper 3 of 2026-11-06");
      terminal.write("]");
      await terminal.until("6 Nov 2026 is the newest day");
    });
    world.newest = "2026-11-09";
    world.count = 2;
    await visit("2026-11-09T09:00:00Z", async (terminal) => {
      await shows(terminal, "9 Nov", "Paper 1 of 2026-11-09");
      terminal.write("[");
      await shows(terminal, "6 Nov", "Paper 3 of 2026-11-06");
      terminal.write("[");
      await shows(terminal, "5 Nov", "Paper 1 of 2026-11-05");
    });
  });
});

test("the first run at a weekend goes back from Friday", async () => {
  await withMornings(async (world, visit) => {
    world.newest = "2026-11-06";
    await visit("2026-11-07T09:00:00Z", async (terminal, asked) => {
      await shows(terminal, "6 Nov", "Paper 1 of 2026-11-06");
      terminal.write("[");
      await shows(terminal, "5 Nov", "Paper 1 of 2026-11-05");
      assert.equal(asked.length, 2, asked.join());
    });
  });
});

test("no empty months are requested from a server that is months out of date", async () => {
  await withMornings(async (world, visit) => {
    world.newest = "2026-08-20";
    await visit("2026-11-07T09:00:00Z", async (terminal, asked) => {
      await shows(terminal, "20 Aug", "Paper 1 of 2026-08-20");
      terminal.write("[");
      await shows(terminal, "19 Aug", "Paper 1 of 2026-08-19");
      terminal.write("]");
      await shows(terminal, "20 Aug", "Paper 1 of 2026-08-20");
      terminal.write("]");
      await terminal.until("20 Aug 2026 is the newest day");
      assert.ok(asked.length <= 5, asked.join("\n"));
    });
  });
});

test("a listing that is still fetched when one walks away has its new papers when one comes back", async () => {
  await withMornings(async (world, visit) => {
    world.newest = "2026-11-05";
    await visit("2026-11-05T08:00:00Z", (terminal) => shows(terminal, "5 Nov", "Paper 1 of 2026-11-05"));
    let release: () => void = () => {};
    world.wait = new Promise((resolve) => {
      release = resolve;
    });
    world.count = 5;
    await visit("2026-11-05T17:00:00Z", async (terminal, asked) => {
      await shows(terminal, "5 Nov", "Paper 1 of 2026-11-05");
      await terminal.until(() => asked.length === 1);
      terminal.write("j[");
      await shows(terminal, "4 Nov", "Paper 1 of 2026-11-04");
      release();
      terminal.write("r");
      await terminal.until("nothing new · 2 papers");
      assert.doesNotMatch(terminal.text(), /\+3 new|r shows/);
      terminal.write("\x7f");
      await shows(terminal, "5 Nov", "Paper 1 of 2026-11-05");
      await terminal.until("3 new papers: r shows them");
      assert.match(terminal.text(), /2\/2/);
      terminal.write("r");
      await terminal.until("All 5");
    });
  });
});

test("a walk of days is one step back, and the day is one after another source was opened from it", async () => {
  await withMornings(async (world, visit) => {
    world.newest = "2026-11-06";
    await visit("2026-11-06T08:00:00Z", async (terminal) => {
      await shows(terminal, "6 Nov", "Paper 1 of 2026-11-06");
      terminal.write("j");
      await terminal.until("2/2");
      for (const [shown, title] of [
        ["5 Nov", "Paper 1 of 2026-11-05"],
        ["4 Nov", "Paper 1 of 2026-11-04"],
        ["3 Nov", "Paper 1 of 2026-11-03"],
      ] as const) {
        terminal.write("[");
        await shows(terminal, shown, title);
      }
      terminal.write("]");
      await shows(terminal, "4 Nov", "Paper 1 of 2026-11-04");
      terminal.write("asample\r");
      await terminal.until("All 40");
      terminal.write("\x7f");
      await shows(terminal, "4 Nov", "Paper 1 of 2026-11-04");
      terminal.write("[");
      await shows(terminal, "3 Nov", "Paper 1 of 2026-11-03");
      terminal.write("\x1b");
      await shows(terminal, "6 Nov", "Paper 2 of 2026-11-06");
      await terminal.until("2/2");
      terminal.write("\x7f");
      await terminal.until("this is the first listing of this visit");
      terminal.write("[");
      await shows(terminal, "5 Nov", "Paper 1 of 2026-11-05");
    });
    // Nobody walks away from the place that is kept.
    await visit("2026-11-06T09:00:00Z", async (terminal) => {
      await shows(terminal, "6 Nov", "Paper 2 of 2026-11-06");
      await terminal.until("2/2");
    });
  });
});

test("days are counted: those of quick presses add up, and none is asked for twice", async () => {
  await withMornings(async (world, visit, server) => {
    world.newest = "2026-11-06";
    const { answer } = server;
    server.answer = (request, response) => {
      const isDay = request.url?.includes("date=") === true;
      setTimeout(() => answer(request, response), isDay ? 300 : 0);
    };
    await visit("2026-11-06T08:00:00Z", async (terminal, asked) => {
      const dates = () =>
        asked.map((url) => new URL(url, "http://x").searchParams.get("date")).filter((date) => date !== null);
      await shows(terminal, "6 Nov", "Paper 1 of 2026-11-06");
      for (let press = 0; press < 3; press += 1) {
        terminal.write("[");
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      await terminal.until("looking for the day before · 4 Nov 2026 · 2 of 3");
      await shows(terminal, "3 Nov", "Paper 1 of 2026-11-03");
      assert.deepEqual(dates(), ["2026-11-05", "2026-11-04", "2026-11-03"]);
      // A press of the other key takes one back.
      terminal.write("[[]");
      await shows(terminal, "2 Nov", "Paper 1 of 2026-11-02");
      terminal.write("2]");
      await shows(terminal, "4 Nov", "Paper 1 of 2026-11-04");
      asked.length = 0;
      terminal.write("3[");
      // Over a weekend; the days before it are kept.
      await shows(terminal, "30 Oct", "Paper 1 of 2026-10-30");
      assert.deepEqual(dates(), ["2026-11-01", "2026-10-31", "2026-10-30"]);
    });
  });
});
