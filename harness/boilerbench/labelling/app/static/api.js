// Questions to the server and changes, which go out one after the other.

async function answer(response) {
  const value = await response.json().catch(() => ({ error: `the server answered ${response.status}` }));
  if (!response.ok) throw new Error(value.error);
  return value;
}

export async function ask(name, values = {}) {
  return answer(await fetch(`/api/${name}?${new URLSearchParams(values)}`));
}

let last = Promise.resolve();

// Values may be a function: what they are is then asked when it is their turn.
export function change(name, values) {
  const body = () => JSON.stringify(typeof values === "function" ? values() : values);
  const send = async () => answer(await fetch(`/api/${name}`, { method: "POST", body: body() }));
  const done = last.then(send, send);
  last = done;
  return done;
}
