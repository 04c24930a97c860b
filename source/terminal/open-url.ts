/**
 * Opens an address in the browser: `$BROWSER`, else the system's opener. Only http(s), and never through a
 * shell, because the address comes from a listing. Resolves to `null`, or to the reason of a failure.
 */
export async function openUrl(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Promise<string | null> {
  if (!/^https?:\/\/[^\s\x00-\x1f]+$/i.test(url)) return "it is not a web address";
  const [command, ...args] = opener(env, platform);
  if (!command) return "no browser to open it with (set BROWSER)";
  const { spawn } = await import("node:child_process");
  return new Promise((resolve) => {
    const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
    child.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code === "ENOENT" ? `${command} was not found (set BROWSER)` : error.message);
    });
    // A browser that stays open has succeeded; an opener that exits at once with an error has failed.
    const timer = setTimeout(() => resolve(null), 1_000);
    timer.unref();
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve(code === 0 || code === null ? null : `${command} ended with code ${code}`);
    });
    child.unref();
  });
}

/** The command that opens an address. `$BROWSER` may contain arguments; of a list, the first counts. */
function opener(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string[] {
  const wanted = env.BROWSER?.split(":")[0]?.trim();
  if (wanted) return wanted.replace(/\s*%s\s*$/, "").split(/\s+/);
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["explorer.exe"];
  const hasDesktop = env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME;
  return hasDesktop ? ["xdg-open"] : [];
}
