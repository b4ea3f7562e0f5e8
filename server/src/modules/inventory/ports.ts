/** What inventory asks of modules above it. The composition root sets them before the first request. */
export type InventoryPorts = {
  /** A region by its official names ('广东/深圳' is '广东省/深圳市'); undefined when there is none of that name. */
  officialRegion(region: string): string | undefined;
};

// Until somebody says otherwise every name is one.
let ports: InventoryPorts = { officialRegion: (region) => region };

export function setInventoryPorts(given: InventoryPorts): void {
  ports = given;
}
export const officialRegion: InventoryPorts['officialRegion'] = (region) => ports.officialRegion(region);
