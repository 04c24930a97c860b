type Environment = Readonly<Record<string, string | undefined>>;

/** The longest device control string that GNU screen accepts. */
const screenLimit = 700;

/**
 * The sequence that asks the terminal to copy a text, also over SSH: OSC 52 (xterm control sequences,
 * "Manipulate Selection Data"). Inside GNU screen it is passed to the outer terminal in pieces; inside tmux,
 * tmux passes it on if its settings allow it.
 */
export function clipboardSequence(text: string, env: Environment): string {
  const sequence = `\x1b]52;c;${Buffer.from(text, "utf8").toString("base64")}\x07`;
  if (env.TMUX) return `${sequence}\x1bPtmux;${sequence.replaceAll("\x1b", "\x1b\x1b")}\x1b\\`;
  if (!env.STY) return sequence;
  const pieces = sequence.match(new RegExp(`[\\s\\S]{1,${screenLimit}}`, "g")) ?? [];
  return pieces.map((piece) => `\x1bP${piece}\x1b\\`).join("");
}

/** Commands that copy standard input to the clipboard of this machine, the most likely first; none over SSH. */
export function clipboardTools(env: Environment, platform: NodeJS.Platform): readonly (readonly string[])[] {
  const tools: string[][] = [];
  // tmux sets its own buffer and, from version 3.2 on, the outer clipboard.
  if (env.TMUX) tools.push(["tmux", "load-buffer", "-w", "-"]);
  if (env.SSH_CONNECTION || env.SSH_TTY) return tools;
  if (platform === "darwin") return [...tools, ["pbcopy"]];
  if (platform === "win32" || env.WSL_DISTRO_NAME) return [...tools, ["clip.exe"]];
  if (env.WAYLAND_DISPLAY) tools.push(["wl-copy"]);
  if (env.DISPLAY) tools.push(["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]);
  return tools;
}

/**
 * Passes a text to the clipboard tools until one succeeds. Resolves to its name, or to `null` if there is none:
 * then only the terminal is left. Never rejects.
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

/** The limit for a tool, in milliseconds: some stay as long as they own the selection. */
const toolTimeout = 1_000;

async function runWith(text: string, command: string, args: readonly string[]): Promise<boolean> {
  const { spawn } = await import("node:child_process");
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["pipe", "ignore", "ignore"], detached: true });
    const timer = setTimeout(() => resolve(true), toolTimeout);
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
