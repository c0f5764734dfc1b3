// Makes the form answer at once: a message at the field as soon as it is left, and one prediction per click.
// Without this script the browser's own checks and the server's say the same, a little later.

const form = document.querySelector('form');
const fields = [...form.querySelectorAll('.field')].map((element) => ({
  element,
  controls: [...element.querySelectorAll('input, select')],
  line: element.querySelector('.error'),
  announced: element.querySelector('[role=radiogroup], input, select'),
}));

/** What is wrong with a field, in the server's words; an empty text when nothing is. */
function messageFor({ element, controls }) {
  const [control] = controls;
  const { valid, valueMissing, badInput, rangeOverflow, rangeUnderflow } = control.validity;
  const { advice } = element.dataset;
  if (valid || valueMissing) return valid ? '' : advice;
  if (badInput) return `This is not a number. ${advice}`;
  if (rangeOverflow || rangeUnderflow) return `${control.value} is out of range. ${advice}`;
  return `“${control.value}” cannot be used here. ${advice}`;
}

function show(field) {
  const message = messageFor(field);
  field.line.textContent = message;
  field.line.hidden = message === '';
  field.element.classList.toggle('invalid', message !== '');
  if (message === '') field.announced.removeAttribute('aria-invalid');
  else field.announced.setAttribute('aria-invalid', 'true');
  return message === '';
}

function isShown(field) {
  return !field.line.hidden;
}

// A message that appears while a button is pressed would move the button away from under the pointer.
let pressing = false;
form.querySelector('.actions').addEventListener('pointerdown', () => (pressing = true));
for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => (pressing = false));

for (const field of fields) {
  // An empty field that somebody only passes through is not yet wrong.
  field.element.addEventListener('focusout', (event) => {
    if (field.element.contains(event.relatedTarget)) return;
    const untouched = field.controls[0].validity.valueMissing && !isShown(field);
    if (!untouched && !pressing) show(field);
  });
  field.element.addEventListener('input', () => {
    if (isShown(field)) show(field);
  });
}

const button = form.querySelector('button');
const label = button.textContent;
let sending = false;

function setSending(now) {
  sending = now;
  form.classList.toggle('sending', now);
  button.setAttribute('aria-disabled', String(now));
  button.textContent = now ? form.dataset.busy : label;
}

form.noValidate = true;
form.addEventListener('submit', (event) => {
  const wrong = fields.filter((field) => !show(field));
  if (wrong.length > 0 || sending) event.preventDefault();
  if (wrong.length > 0) (wrong[0].controls.find(({ checked }) => checked) ?? wrong[0].controls[0]).focus();
  else setSending(true);
});

// Coming back by the browser's history shows the page as it was left: sending.
addEventListener('pageshow', () => setSending(false));
