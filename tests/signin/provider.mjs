// A real OpenID provider (npm package oidc-provider) for the tests: whoever types an address is who has it.
// The address says what the provider claims: `unverified-…` is not verified.
import { Provider } from "oidc-provider";

const [port, back] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: "coach", client_secret: "coach-secret-coach-secret-coach-secret", redirect_uris: [back] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  cookies: { keys: ["one"] },
  features: { devInteractions: { enabled: true } },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, email_verified: !id.startsWith("unverified") }),
  }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
