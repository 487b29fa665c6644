// What could not be saved stays on this device until it can. Where the browser keeps nothing, it stays in the field.
export function keep(key, text) {
  try {
    localStorage.setItem(key, text)
  } catch {}
}

export function kept(key) {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(key)
  } catch {}
}
