import type { CloudResource } from "../../../../tools/sandbox/cloud";
import type { CloudStore } from "../../../../tools/sandbox/apis/context";

/** The pretend cloud without a disk. */
export class MemoryCloud implements CloudStore {
  private readonly resources = new Map<string, CloudResource>();

  constructor(...resources: readonly CloudResource[]) {
    resources.forEach((resource) => {
      this.put(resource);
    });
  }

  get(type: string, id: string): CloudResource | undefined {
    return this.resources.get(`${type} ${id}`);
  }

  list(type?: string): CloudResource[] {
    const found = [...this.resources.values()].filter((resource) => type === undefined || resource.type === type);
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  writtenAt(type: string, id: string): Date | undefined {
    return this.get(type, id) && new Date(0);
  }

  put(resource: CloudResource): void {
    this.resources.set(`${resource.type} ${resource.id}`, resource);
  }

  delete(type: string, id: string): void {
    this.resources.delete(`${type} ${id}`);
  }
}
