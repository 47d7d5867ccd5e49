"""Papers (`openreform.paper.Paper`) as files people print, send and edit; each printer is loaded when it is used."""
