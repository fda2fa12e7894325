export interface Finding {
  file: string;
  line?: number;
}

export const FINDINGS = {
  type: "object",
  required: ["findings"],
  properties: { findings: { type: "array", items: { type: "object" } } },
} as const;
