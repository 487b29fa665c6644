"""Machine translation as a draft helper: what nobody has written yet is filled in, marked as a machine's, and reviewed.

`providers` speak to the services, `shielding` keeps names and terms out of their reach, `verifying` looks at what came
back, `budget` counts the words, `filling` puts a translation's texts in, `starting` says who may start it and does.
"""
