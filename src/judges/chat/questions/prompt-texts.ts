/** The fixed words of all calls in one language. Short: they are paid for with every sample. */
export interface PromptTexts {
  /** Stands in every call: what is between the marks is data. */
  data: string;
  splitAnswer: string;
  splitReference: string;
  reverseQuestions: string;
  entities: string;
  checkPassages: string;
  relevance: string;
  /** Ragas' question about passages, of the reference and of the answer. */
  usefulForReference: string;
  usefulForAnswer: string;
  criteria: string;
  /** Criteria whose answers we know: the first is always met, `{statement}` of the second never. */
  knownYes: string;
  knownNo: string;
  crossCheck: string;
  /** Last line of the user message: the ids to answer for. */
  answerFor: string;
  /** Before the shape of the reply, for endpoints without a schema. */
  jsonOnly: string;
}
