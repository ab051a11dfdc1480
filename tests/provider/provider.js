// A real OpenID provider on loopback, for the tests of signing in through one (tests/src/oidc).
//
// Usage: node provider.js REDIRECT. The first line on standard output is the issuer. What the tests need beyond the protocol is below /proef:
// whom it knows, other keys, and a signed token for somebody else's client.
import http from "node:http";
import * as jose from "jose";
import { Provider } from "oidc-provider";

const [redirect] = process.argv.slice(2);
let people = {};
let audience = null;
let answer = null;

async function make(issuer) {
  const { privateKey } = await jose.generateKeyPair("RS256", { extractable: true });
  const key = { ...(await jose.exportJWK(privateKey)), alg: "RS256", use: "sig", kid: crypto.randomUUID() };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "loket",
        client_secret: "een geheim van loket bij de aanmelddienst",
        redirect_uris: [redirect],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    jwks: { keys: [key] },
    claims: { openid: ["sub", "groups", "brin"], profile: ["name"], email: ["email", "email_verified"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    pkce: { required: () => true },
    cookies: { keys: ["proef"] },
  });
  provider.use(async (ctx, next) => {
    await next();
    if (audience && ctx.path === "/token" && ctx.body?.id_token) {
      const claims = { ...jose.decodeJwt(ctx.body.id_token), aud: audience };
      ctx.body.id_token = await new jose.SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: key.kid }).sign(privateKey);
    }
  });
  answer = provider.callback();
}

const server = http.createServer(async (request, response) => {
  if (!request.url.startsWith("/proef/")) return answer(request, response);
  const parts = [];
  for await (const part of request) parts.push(part);
  const said = parts.length ? JSON.parse(Buffer.concat(parts)) : null;
  if (request.url === "/proef/mensen") people = said;
  if (request.url === "/proef/client") audience = said.client;
  if (request.url === "/proef/sleutels") await make(issuer);
  response.end("ok");
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;
await make(issuer);
console.log(issuer);
// Whoever started this ends it by closing its input, also when it falls.
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
