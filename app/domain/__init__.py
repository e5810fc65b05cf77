"""Pure rules of the field: roles, policy, procedures, forms, facts, terms, events. Imports no framework and reads no clock."""
