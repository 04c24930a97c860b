/**
 * Opens one of our files in the desktop's viewer, never through a shell. Resolves to `null`, or to the
 * reason why it could not be opened.
 *
 * @param path absolute
 */
export async function openFile(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Promise<string | null> {
  const command = viewer(env, platform);
  if (command === null) return "no desktop to show it on";
  const { spawn } = await import("node:child_process");
  return new Promise((resolve) => {
    const child = spawn(command, [path], { stdio: "ignore", detached: true });
    child.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code === "ENOENT" ? `${command} was not found` : error.message);
    });
    // A viewer that stays open is a success; one that fails at once is not.
    const timer = setTimeout(() => resolve(null), 1_000);
    timer.unref();
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve(code === 0 || code === null ? null : `${command} ended with code ${code}`);
    });
    child.unref();
  });
}

function viewer(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string | null {
  if (platform === "darwin") return "open";
  if (platform === "win32") return "explorer.exe";
  return env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME ? "xdg-open" : null;
}
