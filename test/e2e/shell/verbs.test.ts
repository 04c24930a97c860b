import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { longOnly, someOf } from "../../support/long.js";
import { fixture, run, runBeside, start, undoEarlier, using, withHome } from "../program.js";
import { withServer } from "../server.js";

const feed = (id: string, title: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id><entry><id>http://arxiv.org/abs/${id}v2</id><title>${title}</title><summary>What it is about.</summary><author><name>Ada Lovelace</name></author><published>2025-10-01T00:00:00Z</published></entry></feed>`;

test("mark takes ids of every kind, reports malformed ones, and confirms what is on disk", async () => {
  await withHome(async (home) => {
    const { code, out, err } = run(
      ["mark", "star", "2510.22543v2", "https://arxiv.org/abs/hep-th/9901001", "nonsense", "10.1000/XYZ"],
      { home },
    );
    assert.equal(code, 2);
    assert.equal(out, "2510.22543\tstarred\nhep-th/9901001\tstarred\ndoi:10.1000/xyz\tstarred\n");
    assert.equal(err, "papers-tui: “nonsense” is not an arXiv id, DOI or address of a paper\n");
    const again = run(["mark", "star", "2510.22543"], { home });
    assert.deepEqual([again.code, again.out], [0, "2510.22543\tstarred already\n"]);
    const piped = run(["mark", "unstar"], {
      home,
      input: "# no more\nhttps://huggingface.co/papers/2510.22543\n\n",
    });
    assert.deepEqual([piped.code, piped.out], [0, "2510.22543\tunstarred\n"]);
    const starred = JSON.parse(run(["list", "starred", "--json"], { home }).out);
    assert.deepEqual(
      starred.map(({ id }: { id: string }) => id),
      ["doi:10.1000/xyz", "hep-th/9901001"],
    );
  });
});

test("mark says nothing is done where it is not on disk", async () => {
  await withHome(async (home) => {
    const state = join(home, ".local/state");
    mkdirSync(state, { recursive: true });
    writeFileSync(join(state, "papers-tui"), "a file in the way");
    const { code, out, err } = run(["mark", "star", "2510.22543"], { home });
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /a file is in the way where .* needs a folder; move it away/);
  });
});

test("a paper marked by its id is listed by its title once a listing has brought it", async () => {
  await withHome(async (home) => {
    run(["mark", "star", "2510.22543"], { home });
    assert.match(run(["list", "starred"], { home }).out, /\t2510\.22543\n$/);
    const listing = join(home, "reading.bib");
    writeFileSync(
      listing,
      "@article{a, title={The title}, author={Löve, Ada}, eprint={2510.22543}, archivePrefix={arXiv}}\n",
    );
    await using(start([listing], { home }), async (terminal) => {
      await terminal.until(/▌.★ +The title/);
      terminal.write("q");
      await terminal.exit();
    });
    assert.match(run(["list", "starred"], { home }).out, /\tAda Löve\tThe title\n$/);
  });
});

test("what is marked in the shell can be undone on the screen", async () => {
  await withHome(async (home) => {
    const [first] = JSON.parse(run(["list", "sample", "--json", "--limit", "1"], { home }).out);
    run(["mark", "star", first.id], { home });
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("Starred 1");
      await undoEarlier(terminal);
      await terminal.until("undid: starred");
      await terminal.until("Starred 0");
    });
  });
});

test("show prints one paper: of a source, of what is known here, or of arXiv, asked once", async () => {
  await withServer(
    (_, response) => response.end(feed("2510.22543", "Dale meets Langevin")),
    async ({ address, asked }, home) => {
      mkdirSync(join(home, ".config/papers-tui"), { recursive: true });
      // With the path of the API, as arXiv's manual writes it.
      const settings = JSON.stringify({ arxivEndpoint: `${address}/api/query` });
      writeFileSync(join(home, ".config/papers-tui/config.json"), settings);
      for (let times = 1; times <= 2; times += 1) {
        const { code, out } = await runBeside(["show", "arXiv:2510.22543"], { home });
        assert.equal(code, 0);
        assert.match(out, /^Dale meets Langevin\n\nAda Lovelace\n1 Oct 2025[^\n]*\n\nWhat it is about\.\n/u);
      }
      assert.deepEqual(asked, ["/api/query?id_list=2510.22543"]);
      const bibtex = await runBeside(["show", "2510.22543", "--format", "bibtex"], { home });
      assert.match(bibtex.out, /^@misc\{lovelace2025dale,\n/);
      const [record] = JSON.parse((await runBeside(["show", "2510.22543", "--json"], { home })).out);
      assert.equal(record.title, "Dale meets Langevin");
    },
  );
  const listed = JSON.parse(run(["list", fixture, "--json", "--limit", "1"]).out)[0];
  assert.match(run(["show", listed.id, fixture]).out, new RegExp(`^${listed.title.slice(0, 20)}`));
});

test("show says that arXiv does not have a paper, also where it was starred", async () => {
  const empty = '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id></feed>';
  await withServer(
    (_, response) => response.end(empty),
    async ({ address, asked }, home) => {
      const config = join(home, ".config/papers-tui");
      mkdirSync(config, { recursive: true });
      writeFileSync(join(config, "config.json"), JSON.stringify({ arxivEndpoint: address }));
      run(["mark", "star", "2510.22543"], { home });
      const { code, err } = await runBeside(["show", "2510.22543"], { home });
      assert.equal(asked.length, 1);
      assert.deepEqual(
        [code, err],
        [1, "papers-tui: arXiv has no paper 2510.22543, and no listing read here has it\n"],
      );
      // Nor is an empty answer to an id or to words a day without papers.
      const listed = async (source: string) => (await runBeside(["list", source], { home })).err;
      assert.match(await listed("2607.99999"), /arXiv has no paper 2607\.99999\n$/);
      assert.match(await listed("arxiv:blue zebras"), /arXiv finds nothing for blue zebras\n$/);
      assert.match(await listed("arxiv:cs.LG"), /none at weekends and on holidays\n$/);
    },
  );
});

test("show of what is nowhere, and of what is no id", () => {
  const nowhere = run(["show", "10.1000/nowhere"]);
  assert.deepEqual([nowhere.code, nowhere.out], [1, ""]);
  assert.match(nowhere.err, /no listing read here has doi:10\.1000\/nowhere; name one/);
  const none = run(["show", "nonsense\x1b[31m"]);
  assert.equal(none.code, 2);
  assert.equal(none.err, "papers-tui: “nonsense” is not an arXiv id, DOI or address of a paper\n");
});

test("export writes what list would print, to a file that is not there yet", async () => {
  await withHome(async (home) => {
    const path = join(home, "papers.bib");
    const first = run(["export", "sample", "--filter", "hessian", "--output", path], { home });
    assert.equal(first.code, 0);
    assert.match(first.err, /exported \d+ papers? to /);
    const text = readFileSync(path, "utf8");
    assert.match(text, /^@\w+\{\S+,\n {2}title = \{\{/);
    assert.equal(run(["export", "sample", "-f", "hessian", "--format", "bibtex"], { home }).out, text);
    const again = run(["export", "sample", "-o", path], { home });
    assert.equal(again.code, 2);
    assert.match(again.err, /papers\.bib already exists; --force overwrites it\n$/);
    assert.equal(readFileSync(path, "utf8"), text);
    assert.equal(run(["export", "sample", "-o", path, "--force"], { home }).code, 0);
    assert.ok(readFileSync(path, "utf8").length > text.length);
    const nothing = run(["export", "sample", "-f", "xyzzyqwv", "-o", join(home, "none.bib")], { home });
    assert.deepEqual([nothing.code, existsSync(join(home, "none.bib"))], [1, false]);
    const nowhere = run(["export", "sample", "-o", join(home, "no/folder.bib")], { home });
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.err, /there is no folder for /);
  });
});

test("a misplaced option names its verb, and a wrong format the right ones", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["list sample --force", /--force belongs to “papers-tui export”/],
    ["export sample", /export needs --format bibtex, ris/],
    ["mark", /mark needs one of read, unread/],
    ["mark like 2510.22543", /mark takes read, unread, .*; not “like”/],
    ["export sample --format word", /--format takes bibtex, ris, .*; not “word”/],
    ["mark star", /mark star needs ids/],
    ["show", /show needs the id/],
  ];
  for (const [typed, message] of someOf(cases, 2)) assert.match(run(typed.split(" ")).err, message);
});

test("a DOI is found however its source writes its letters", longOnly, async () => {
  await withServer(
    (_, response) => response.end("@article{a, title={By DOI}, doi={10.1016/J.CELL.2020.01}, year=2020}\n"),
    async ({ address }, home) => {
      assert.match((await runBeside(["list", `${address}/a.bib`], { home })).out, /By DOI/);
      assert.match((await runBeside(["show", "10.1016/j.cell.2020.01"], { home })).out, /^By DOI\n/);
    },
  );
});

test(
  "formats may be written as files end, - is standard output, and two formats at once are none",
  longOnly,
  () => {
    assert.match(run(["export", "sample", "-n", "1", "--format", "MD", "-o", "-"]).out, /^- /);
    assert.match(run(["export", "sample", "-n", "1", "--format", "BibTeX"]).out, /^@/);
    assert.match(run(["show", "2510.00001", "--json", "--format", "bibtex"]).err, /give one of them/);
  },
);

test(
  "papers starred by identifier alone are listed with how to get their titles, and then have them",
  longOnly,
  async () => {
    await withHome(async (home) => {
      for (const id of ["1706.04454", "10.5555/pebbles.1"])
        assert.equal(run(["mark", "star", id], { home }).code, 0);
      const bare = run(["list", "starred"], { home });
      assert.equal(bare.code, 0);
      assert.match(
        bare.err,
        /^papers-tui: 2 papers are listed by identifier alone · open a listing with the title, such as /,
      );
      const file = join(home, "lib.bib");
      writeFileSync(
        file,
        "@article{a, title={One}, eprint={1706.04454}, archivePrefix={arXiv}}\n@article{b, title={Two}, doi={10.5555/pebbles.1}}\n",
      );
      run(["list", file], { home });
      const named = run(["list", "starred"], { home });
      assert.equal(named.err, "");
      assert.match(named.out, /\tTwo\n.*\tOne\n/);
    });
  },
);

test(
  "a file that is no listing is answered with where the formats are named, and they are named there",
  longOnly,
  () => {
    const { err } = run(["list", "-"], { input: "nothing of the kind" });
    assert.match(err, /papers-tui --help names the formats/);
    const help = run(["--help"]).out.replaceAll(/\s+/g, " ");
    for (const name of ["BibTeX", "RIS", "EndNote", "PubMed", "CSV", "OpenAlex", "identifiers in any text"])
      assert.ok(help.includes(name), name);
  },
);
