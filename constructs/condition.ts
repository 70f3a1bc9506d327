/** A condition of IAM: a grant counts where its expression holds. */
export interface Condition {
  readonly title: string;
  readonly description: string;
  /** In the Common Expression Language. */
  readonly expression: string;
}

/**
 * How many values a list of `hasOnly` takes, and how many logical operators an expression. Unconfirmed: from memory of
 * https://cloud.google.com/iam/quotas and of comments in public Terraform modules.
 */
const rolesPerList = 10;
const operatorsPerExpression = 12;

/**
 * Lets the holder of a role that changes grants change those of some roles only. What is no change of grants stays allowed: the
 * attribute is an empty list then.
 * @param roles as grants name them
 */
export function onlyGrants(title: string, roles: readonly string[]): Condition {
  const most = rolesPerList * (operatorsPerExpression + 1);
  if (roles.length > most) {
    throw new Error(
      `'${title}' must name at most ${most} roles, got ${roles.length}: an expression of IAM takes no more`,
    );
  }
  const lists = Array.from({ length: Math.ceil(roles.length / rolesPerList) }, (_, index) =>
    roles.slice(index * rolesPerList, (index + 1) * rolesPerList),
  );
  return {
    title,
    description: "Grants of these roles may be changed, of no others",
    expression: lists
      .map((list) => `api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(${quoted(list)})`)
      .join(" || "),
  };
}

/** Singles out the objects of buckets whose names end alike. */
export function objectsOfBuckets(ending: string): Condition {
  return {
    title: "Objects of some buckets",
    description: `Objects in buckets whose names end in ${ending}`,
    expression: `resource.type == 'storage.googleapis.com/Object' && resource.name.extract('projects/_/buckets/{bucket}/objects/').endsWith('${ending}')`,
  };
}

/** Leaves out the objects in a folder of the bucket that the grant is made on. */
export function objectsOutside(folder: string): Condition {
  return {
    title: "Objects outside of a folder",
    description: `All objects but those in ${folder}/`,
    expression: `!resource.name.extract('/objects/{object}').startsWith('${folder}/')`,
  };
}

/** A list as the Common Expression Language writes it. */
export function quoted(values: readonly string[]): string {
  return `[${values.map((value) => `'${value}'`).join(", ")}]`;
}
