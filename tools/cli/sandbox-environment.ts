/** Environment that is deployed to the sandbox. */
export const sandboxEnvironment = "sandbox";
