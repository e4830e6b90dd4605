// Talking to the trial server: questions, actions, and the stream of events.

async function read(answer) {
  if (!answer.ok) throw new Error((await answer.text()).trim().replace(/^trial: /, ""));
  return answer.json();
}

export const get = (path) => fetch(path).then(read);

export const post = (action, body) => fetch("api/" + action, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
}).then(read);

export function sendFiles(person, kind, files, caption = "", message = 0) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ person, kind, caption, message })) form.append(name, value);
  for (const file of files) form.append("files", file, file.name);
  return fetch("api/files", { method: "POST", body: form }).then(read);
}

export const media = (id) => "media/" + encodeURIComponent(id);

// listen calls back for every event, and on every new connection, since what
// happened in between is unknown.
export function listen({ event, connected, lost }) {
  const source = new EventSource("events");
  source.addEventListener("open", connected);
  source.addEventListener("error", lost);
  source.addEventListener("message", (e) => event(JSON.parse(e.data)));
}
