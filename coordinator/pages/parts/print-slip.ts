import { html, render, type TemplateResult } from 'lit';

/** Prints `slip` and nothing of the page. What it says is gone from the page when it is printed. */
export function printSlip(slip: TemplateResult): void {
  const paper = document.createElement('div');
  paper.className = 'slip';
  render(html`${slip}`, paper);
  document.body.append(paper);
  document.body.classList.add('printing');
  print();
  document.body.classList.remove('printing');
  paper.remove();
}
