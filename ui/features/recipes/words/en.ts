export const recipes = {
  method: "Method and URL",
  authorization: "Authorization (where a key is wanted)",
  body: "Body: x-www-form-urlencoded",
  header: "Header (a repeated request is then scored once)",
};
