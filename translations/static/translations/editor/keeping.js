// What could not be saved stays on this device until it can. Where the browser keeps nothing, it stays in the field.
// `version` names the stored text it was to replace: another one that has come meanwhile is not written over.
export function keep(key, text, version) {
  try {
    localStorage.setItem(key, JSON.stringify({ text, version }))
  } catch {}
}

export function kept(key) {
  try {
    const { text, version } = JSON.parse(localStorage.getItem(key))
    return { text: String(text), version: String(version) }
  } catch {
    return null
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(key)
  } catch {}
}
