import { expect, test } from "vitest";
import { typedFile } from "./typing";

test("a file is typed as a here-document whose end is none of its lines", () => {
  expect(typedFile("compose.yaml", "services:\r\n  web: {}\n\n")).toEqual(["cat > compose.yaml << 'EOF'", "services:", "  web: {}", "EOF"]);
  expect(typedFile("f", "EOF\n$HOME")).toEqual(["cat > f << 'EOF_'", "EOF", "$HOME", "EOF_"]);
});
