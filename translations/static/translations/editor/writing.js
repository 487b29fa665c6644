// Puts text into a field as if it had been typed: it can be undone, and the field notices.
export function insert(field, text) {
  field.focus()
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end")
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

// Marks around the selected words; without a selection the cursor comes to stand between them.
export function wrap(field, open, close) {
  const { selectionStart: start, selectionEnd: end, value } = field
  const words = value.slice(start, end)
  insert(field, open + words + close)
  if (!words) field.setSelectionRange(start + open.length, start + open.length)
}
