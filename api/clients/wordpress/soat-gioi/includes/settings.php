<?php
/**
 * What the administrator set: where the server is, the key, and what is done with an article that it holds.
 *
 * @package SoatGioi
 */

namespace SoatGioi;

defined( 'ABSPATH' ) || exit;

const OPTION = 'soat_gioi';

/**
 * Return the settings, each with its default.
 *
 * @return array{server: string, key: string, hold: bool, unreachable: string}
 */
function settings() {
	$kept = get_option( OPTION );
	$kept = is_array( $kept ) ? $kept : array();
	$all  = array_merge(
		array(
			'server'      => '',
			'key'         => '',
			'hold'        => true,
			'unreachable' => 'pass',
		),
		$kept
	);
	if ( defined( 'SOAT_GIOI_KEY' ) ) {
		$all['key'] = (string) constant( 'SOAT_GIOI_KEY' );
	}
	return $all;
}

/**
 * Say whether there is a server to ask; until then the plugin keeps out of the way.
 *
 * @return bool
 */
function configured() {
	$settings = settings();
	return '' !== $settings['server'] && '' !== $settings['key'];
}

/**
 * Return what may be shown of a key: what the server lists it by, never the whole.
 *
 * @param string $key The key.
 * @return string
 */
function shown_key( $key ) {
	return '' === $key ? '' : substr( $key, 0, 10 ) . '…';
}

/**
 * Return the types of posts that are checked: those that readers see and that are written in an editor.
 *
 * @return string[]
 */
function post_types() {
	$types = array_values(
		array_filter(
			get_post_types( array( 'public' => true ) ),
			function ( $type ) {
				return 'attachment' !== $type && post_type_supports( $type, 'editor' );
			}
		)
	);
	/**
	 * Filters the types of posts that are checked before publication.
	 *
	 * @param string[] $types Names of post types.
	 */
	return (array) apply_filters( 'soat_gioi_post_types', $types );
}
