/** What is in a file, in base64. */
export async function base64Of(file: Blob): Promise<string> {
  const reader = new FileReader();
  await new Promise((done, failed) => {
    reader.onload = done;
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
  // `data:…;base64,` stands before it.
  return String(reader.result).replace(/^[^,]*,/, '');
}
