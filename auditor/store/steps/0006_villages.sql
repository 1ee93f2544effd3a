-- Villages whose names differ in their marks are different villages ("Bản Mé", "Bản Mè"). What is searched without marks
-- stands first in the column, and the name as it is spelled after a tab, so that both may stand under one commune.
UPDATE units SET folded = fold(type || ' ' || name) || char(9) || spelled(name);
