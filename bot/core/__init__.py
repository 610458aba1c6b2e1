"""Everything on Rasa's side of the socket: training, worker, state, directives."""
