import { Box } from "ink";
import { type ComponentType, useMemo, useSyncExternalStore } from "react";
import type { Store } from "../reader/store.js";
import { type Region, regionsOf } from "../screen/regions.js";
import type { ColorSupport } from "../screen/style.js";
import { themed } from "../screen/theme/themed.js";
import {
  DetailPane,
  Divider,
  Footer,
  Header,
  ListPane,
  MessageRow,
  Panel,
  PromptRow,
  Rule,
} from "./panes.js";
import type { RegionProps } from "./rows.js";

interface ScreenProps {
  readonly store: Pick<Store, "getModel" | "subscribe">;
  readonly colorSupport: ColorSupport;
}

/**
 * The whole screen. `screen/regions` decides which regions there are, where, and with which rows. Each is one
 * component, which draws again only when its own rows change.
 */
export function Screen({ store, colorSupport: support }: ScreenProps) {
  const model = useSyncExternalStore(store.subscribe, store.getModel);
  const { theme } = model.settings;
  const colorSupport = useMemo(
    () => themed(support, theme, model.brightness),
    [support, theme, model.brightness],
  );
  const regions = new Map(regionsOf(model).map((region) => [region.name, region]));
  const draw = (Part: ComponentType<RegionProps>, name: Region["name"]) => {
    const region = regions.get(name);
    return region && <Part region={region} colorSupport={colorSupport} />;
  };
  return (
    <Box width={model.size.columns} height={model.size.rows}>
      {draw(Header, "header")}
      {draw(Rule, "rule-top")}
      {draw(ListPane, "list")}
      {draw(Divider, "divider")}
      {draw(Rule, "rule-middle")}
      {draw(DetailPane, "detail")}
      {draw(Panel, "panel")}
      {draw(Rule, "rule-bottom")}
      {draw(PromptRow, "prompt")}
      {draw(MessageRow, "message")}
      {draw(Footer, "footer")}
    </Box>
  );
}
