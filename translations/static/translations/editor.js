// The translation editor draws its fields without language and direction: an Arabic text would stand and be read out
// as if it were German. This gives every target text its own, also those that are drawn later.
const editor = document.querySelector(".translation-editor")
const bar = document.querySelector(".translation-bar")

function mark(element, language, direction) {
  if (element.lang !== language) element.lang = language
  if (element.dir !== direction) element.dir = direction
}

function markTexts() {
  const { language, direction, sourceLanguage } = editor.dataset
  for (const item of editor.querySelectorAll(".js-translation-editor li")) {
    for (const field of item.querySelectorAll("textarea, input[type=text]")) mark(field, language, direction)
    for (const text of item.querySelectorAll(":scope > p")) mark(text, sourceLanguage, "ltr")
    for (const text of item.querySelectorAll(":scope > div > p")) mark(text, language, direction)
  }
}

if (editor) {
  new MutationObserver(markTexts).observe(editor, { childList: true, subtree: true })
  markTexts()
  // The bar is ours and stands after wagtail-localize's block in the page; it is read before the texts.
  editor.querySelector(".js-translation-editor")?.before(bar)
}
