.DEFAULT_GOAL := all
UV ?= uv
RUN := $(UV) run --frozen

.PHONY: all help install fmt check test eval schema train component serve bench

help: ## Show this help
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: ## Install everything for development, what CI's tests want included
	$(UV) sync --frozen --group browser --group clients

fmt: ## Format, and mend what can be mended
	$(RUN) ruff format
	$(RUN) ruff check --fix

check: ## Format check, lint, import contracts, types, rubrics
	$(RUN) ruff format --check
	$(RUN) ruff check
	$(RUN) lint-imports --no-cache
	$(RUN) mypy
	$(RUN) coach rubric check

test: ## Run the tests
	$(RUN) pytest -n auto

eval: ## The figures of the embedded engine, cross-validated by note, and of the rules on gold statements
	$(RUN) --group encoder-training coach engine train --cross-validate-only
	$(RUN) coach eval judgement evals/cases/deals.jsonl

schema: ## Write evals/case.schema.json, the schema of a case for editors
	$(RUN) coach eval schema > evals/case.schema.json

train: ## Measure and train the embedded engine again, with its model card
	$(RUN) --group encoder-training coach engine train --card evals/training/MODEL_CARD.md

component: ## Build <deal-coach>, the component for any page, into one file; needs node
	npm ci --prefix coach/web/component --no-audit --no-fund
	npm run --prefix coach/web/component build

serve: ## Serve the page and the API on http://127.0.0.1:8000/
	$(RUN) coach serve

bench: ## Start-up against `import litellm`, a warm review, growth with the input; the harness against others
	$(RUN) python -m tests.bench
	$(RUN) --group bench python -m tests.bench_evaluation

all: check test ## Everything CI runs
