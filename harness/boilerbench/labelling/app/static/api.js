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

export function change(name, values) {
  const send = async () => answer(await fetch(`/api/${name}`, { method: "POST", body: JSON.stringify(values) }));
  const done = last.then(send, send);
  last = done;
  return done;
}
