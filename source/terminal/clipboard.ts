type Environment = Readonly<Record<string, string | undefined>>;

/** GNU screen takes no longer device control strings than this. */
const screenLimit = 700;

/**
 * What asks the terminal to put a text into the clipboard, which works over SSH too: OSC 52 (xterm
 * control sequences, "Manipulate Selection Data"). Inside GNU screen it is handed through to the
 * terminal outside, in pieces; inside tmux it is what tmux lets through where it is set to.
 */
export function clipboardSequence(text: string, env: Environment): string {
  const sequence = `\x1b]52;c;${Buffer.from(text, "utf8").toString("base64")}\x07`;
  if (env.TMUX) return `${sequence}\x1bPtmux;${sequence.replaceAll("\x1b", "\x1b\x1b")}\x1b\\`;
  if (!env.STY) return sequence;
  const pieces = sequence.match(new RegExp(`[\\s\\S]{1,${screenLimit}}`, "g")) ?? [];
  return pieces.map((piece) => `\x1bP${piece}\x1b\\`).join("");
}

/** Commands that put standard input into a clipboard here, the likeliest first; none over SSH. */
export function clipboardTools(env: Environment, platform: NodeJS.Platform): readonly (readonly string[])[] {
  const tools: string[][] = [];
  // tmux sets its own buffer and, from version 3.2 on, the clipboard outside.
  if (env.TMUX) tools.push(["tmux", "load-buffer", "-w", "-"]);
  if (env.SSH_CONNECTION || env.SSH_TTY) return tools;
  if (platform === "darwin") return [...tools, ["pbcopy"]];
  if (platform === "win32" || env.WSL_DISTRO_NAME) return [...tools, ["clip.exe"]];
  if (env.WAYLAND_DISPLAY) tools.push(["wl-copy"]);
  if (env.DISPLAY) tools.push(["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]);
  return tools;
}

/**
 * Gives a text to the clipboard tools that there are, until one has taken it. Resolves to its name,
 * or to `null` where there is none: then it is up to the terminal. Never rejects.
 */
export async function copyWithTools(
  text: string,
  env: Environment,
  platform: NodeJS.Platform,
): Promise<string | null> {
  let taken: string | null = null;
  for (const [command, ...args] of clipboardTools(env, platform)) {
    if (!command || (taken !== null && command !== "tmux")) continue;
    if (await runWith(text, command, args)) taken ??= command;
  }
  return taken;
}

/** How long a tool may take, in milliseconds: some stay as long as they own the selection. */
const patience = 1_000;

async function runWith(text: string, command: string, args: readonly string[]): Promise<boolean> {
  const { spawn } = await import("node:child_process");
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["pipe", "ignore", "ignore"], detached: true });
    const timer = setTimeout(() => resolve(true), patience);
    const end = (isDone: boolean) => {
      clearTimeout(timer);
      resolve(isDone);
    };
    child.once("error", () => end(false));
    child.once("exit", (code) => end(code === 0));
    child.stdin.on("error", () => end(false));
    child.stdin.end(text);
    child.unref();
  });
}
